"""The tickets of it-triage: what people write, on which machine, and what repairs it."""

from dataclasses import dataclass
from random import Random

from sample_data.model import Json
from sample_data.vocabulary import email, person


@dataclass(frozen=True, slots=True)
class _Trouble:
    category: str
    text: str
    symptom: str
    diagnostic: str
    finding: str
    fix_tool: str
    fix_input: dict[str, Json]
    queue: str
    hosts: tuple[str, ...]


_LAPTOPS = ("lt-ams-0412", "lt-ams-0788", "lt-ber-0131", "lt-ber-0594", "lt-lis-0227", "lt-lis-0301", "lt-osl-0069")
_SERVERS = ("app-eu1-07", "app-eu1-12", "app-us2-03", "db-eu1-02", "build-04", "files-ber-1")
_NETWORK = ("sw-ams-3f-2", "ap-ber-2f-11", "fw-lis-1", "vpn-gw-eu1")
_TROUBLES = (
    _Trouble("vpn", "VPN drops every ten minutes since this morning on {host}. I am in calls all day, please help.",
             "VPN drops", "vpn_session_log", "client 5.0.3 fails to renew its lease", "push_package",
             {"package": "vpn-client", "version": "5.0.5"}, "network-second-line", _LAPTOPS),
    _Trouble("disk-full", "{host}: disk usage 97 % on /var, alerts since 03:12.",
             "disk nearly full", "disk_usage", "/var/log/journal holds 41 GiB", "rotate_logs",
             {"path": "/var/log/journal", "keep_days": 7}, "linux-team", _SERVERS),
    _Trouble("password", "I am locked out after the holiday, laptop is {host}. Self-service does not know my phone.",
             "account locked", "directory_account", "locked after 6 attempts, phone number changed", "unlock_account",
             {"require_mfa_reset": True}, "identity-team", _LAPTOPS),
    _Trouble("printer", "Labels come out shifted by a centimetre on the printer next to {host}, goods-in is waiting.",
             "labels shifted", "printer_profile", "media profile reset to A6", "apply_profile",
             {"profile": "label-100x150"}, "site-support", _LAPTOPS),
    _Trouble("certificate", "Browser warns about the certificate of {host}, nobody here can open the dashboards.",
             "certificate expired", "tls_chain", "leaf expired 2 h ago, renewal job disabled", "renew_certificate",
             {"issuer": "corp-ca-3"}, "linux-team", _SERVERS),
    _Trouble("wifi", "No Wi-Fi on the second floor near {host}, five people affected. Wired works.",
             "no Wi-Fi", "radio_status", "5 GHz radio off after firmware 8.4.1", "restart_radio", {"band": "5GHz"},
             "network-second-line", _NETWORK),
    _Trouble("service-down", "The build queue does not move, {host} shows 100 % CPU and no log output since 09:40.",
             "service hangs", "service_status", "runner deadlocked on a stale lock file", "restart_service",
             {"service": "ci-runner"}, "linux-team", _SERVERS),
    _Trouble("mailbox", "My mailbox says it is full but I deleted everything. Machine {host}, Outlook on Windows.",
             "mailbox full", "mailbox_quota", "recoverable items hold 48 GiB", "purge_recoverable",
             {"older_than_days": 30}, "collaboration-team", _LAPTOPS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TicketCase:
    """One ticket about one machine."""

    trouble: _Trouble
    ticket_id: str
    host: str
    reporter: str
    urgency: int

    @property
    def text(self) -> str:
        """What the person wrote."""
        return self.trouble.text.format(host=self.host)

    @property
    def category(self) -> str:
        """The right category."""
        return self.trouble.category

    @property
    def symptom(self) -> str:
        """The trouble in two words."""
        return self.trouble.symptom

    @property
    def diagnostic(self) -> str:
        """The check to run."""
        return self.trouble.diagnostic

    @property
    def queue(self) -> str:
        """Who gets it when the agent gives up."""
        return self.trouble.queue

    @property
    def fix_tool(self) -> str:
        """The tool that repairs it."""
        return self.trouble.fix_tool

    @property
    def fix_input(self) -> dict[str, Json]:
        """Arguments of the repair."""
        return self.trouble.fix_input

    @property
    def question(self) -> str:
        """The look-up in the runbooks."""
        return f"{self.symptom} {self.category}"

    @property
    def answer(self) -> str:
        """The answer from the runbook."""
        return (
            f"Known trouble ({self.trouble.finding}). The runbook for {self.category} describes the steps; please try "
            "them and reopen if it persists."
        )

    @property
    def fix_claim(self) -> str:
        """What the agent says it has done."""
        return (
            f"{self.symptom.capitalize()} on {self.host}: {self.trouble.finding}. Ran {self.fix_tool}, checks pass now."
        )

    def ticket(self) -> Json:
        """The ticket as the service desk returns it."""
        return {
            "ticket_id": self.ticket_id,
            "from": self.reporter,
            "urgency": self.urgency,
            "body": self.text,
            "attachments": [],
        }

    def asset(self) -> Json:
        """What the inventory knows of the machine."""
        return {
            "hostname": self.host,
            "site": self.host.split("-")[1],
            "os": "Windows 11" if self.host.startswith("lt") else "Debian 13",
            "owner": self.reporter,
        }

    def diagnosis(self, *, is_clear: bool) -> Json:
        """What the check says."""
        return {
            "check": self.diagnostic,
            "finding": self.trouble.finding if is_clear else "nothing unusual",
            "took_s": 2.4,
        }


def make_case(rng: Random) -> TicketCase:
    """A ticket."""
    trouble = rng.choice(_TROUBLES)
    return TicketCase(
        trouble,
        f"INC{rng.randrange(100_000, 999_999)}",
        rng.choice(trouble.hosts),
        email(person(rng), "corp"),
        rng.choice((1, 2, 2, 3, 3, 3, 4)),
    )
