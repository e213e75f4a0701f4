"""The changes of dependency-updates: packages, repositories, patches and what test suites say about them."""

from dataclasses import dataclass
from random import Random

from sample_data.model import Difference, Json

_PYTHON = (
    ("httpx", "0.27.2", "0.28.1"), ("pydantic", "2.9.2", "2.11.0"), ("sqlalchemy", "2.0.34", "2.0.41"),
    ("celery", "5.4.0", "5.5.2"),
    ("cryptography", "43.0.1", "44.0.3"), ("django", "5.1.4", "5.2.1"), ("redis", "5.1.1", "6.0.0"),
    ("boto3", "1.35.20", "1.38.14"),
    ("pillow", "10.4.0", "11.2.1"), ("jinja2", "3.1.4", "3.1.6"), ("urllib3", "1.26.20", "2.4.0"),
    ("pytest", "8.3.3", "9.0.0"),
)  # fmt: skip
_NODE = (
    ("axios", "1.7.7", "1.9.0"), ("vite", "5.4.8", "6.3.5"), ("react-router", "6.26.2", "7.6.0"),
    ("eslint", "8.57.1", "9.27.0"),
    ("zod", "3.23.8", "3.25.7"), ("undici", "6.19.8", "7.10.0"), ("typescript", "5.6.2", "5.8.3"),
    ("webpack", "5.94.0", "5.99.9"),
    ("express", "4.21.0", "5.1.0"), ("postcss", "8.4.47", "8.5.3"), ("prisma", "5.20.0", "6.8.2"),
    ("dompurify", "3.1.6", "3.2.6"),
)  # fmt: skip
_REPOSITORIES = (
    "storefront",
    "billing-api",
    "warehouse-sync",
    "customer-portal",
    "label-printer",
    "notification-hub",
    "price-engine",
    "returns-desk",
)
_MODULES = ("client", "session", "settings", "serializers", "retry", "middleware", "forms", "exports")


@dataclass(frozen=True, slots=True)
class DependencyCase:
    """One version bump in one repository."""

    repository: str
    package: str
    old: str
    new: str
    manifest: str
    source_file: str
    number: int
    advisory: str | None

    @property
    def branch(self) -> str:
        """Branch of the change."""
        return f"deps/{self.package}-{self.new}"

    @property
    def url(self) -> str:
        """Address of the pull request."""
        return f"https://git.example/shop/{self.repository}/pull/{self.number}"

    @property
    def title(self) -> str:
        """Title of the pull request."""
        return f"Bump {self.package} from {self.old} to {self.new}"

    @property
    def is_major(self) -> bool:
        """Whether the first number of the version changes."""
        return self.old.split(".")[0] != self.new.split(".")[0]

    @property
    def task(self) -> str:
        """What the scheduler asks for."""
        why = f" It fixes {self.advisory}." if self.advisory else ""
        return (
            f"Update {self.package} from {self.old} to {self.new} in {self.repository}.{why} Open a pull request and "
            "merge it when the checks are green."
        )

    @property
    def summary(self) -> str:
        """What the agent read out of the changelog."""
        size = (
            "a major release: two deprecated helpers are gone, defaults for time-outs changed"
            if self.is_major
            else "a minor release: fixes and two new options, nothing removed"
        )
        return (
            f"{self.package} {self.new} is {size}. {self.repository} pins {self.old} in {self.manifest} and uses it "
            f"in {self.source_file}."
        )

    @property
    def diagnosis(self) -> str:
        """Why the suite is red."""
        return (
            f"The failing tests build the {self.package} object the old way; {self.source_file} has to pass the "
            "time-out by name now."
        )

    def manifest_lines(self) -> Json:
        """The manifest as the file tool returns it."""
        return {"path": self.manifest, "content": f'…\n{self.package} = "{self.old}"\n…', "size_bytes": 1_842}

    def advisories(self) -> Json:
        """What the advisory database knows."""
        return [{"id": self.advisory, "severity": "high", "fixed_in": self.new}] if self.advisory else []

    def patch(self) -> str:
        """The version bump."""
        return f'@@ -14 +14 @@\n-{self.package} = "{self.old}"\n+{self.package} = "{self.new}"'

    def fix_patch(self, round_number: int) -> str:
        """A repair of the code that uses the package."""
        line = 41 + 17 * round_number
        return f"@@ -{line},2 +{line},2 @@\n-    return build(options, 30)\n+    return build(options, timeout=30)"

    def test_report(self, is_green: bool) -> Json:
        """What the test runner says."""
        if is_green:
            return {"exit_code": 0, "summary": "412 passed, 3 skipped", "duration_s": 37.2}
        failed = [
            f"tests/test_{self.source_file.split('/')[-1].split('.')[0]}.py::test_times_out",
            "tests/test_smoke.py::test_starts",
        ]
        return {"exit_code": 1, "summary": "2 failed, 410 passed, 3 skipped", "failed": failed}

    def not_merged(self, state: str | None) -> Difference:
        """The difference that the code host shows when the change is not on the main branch."""
        return Difference(f"pull request {self.url}", "state", "merged", state, None)


def make_case(rng: Random) -> DependencyCase:
    """A package with a newer release."""
    is_python = rng.random() < 0.5
    package, old, new = rng.choice(_PYTHON if is_python else _NODE)
    repository, module = rng.choice(_REPOSITORIES), rng.choice(_MODULES)
    return DependencyCase(
        repository=repository, package=package, old=old, new=new,
        manifest="pyproject.toml" if is_python else "package.json",
        source_file=f"src/{repository.replace('-', '_')}/{module}.{'py' if is_python else 'ts'}",
        number=rng.randrange(600, 9_999),
        advisory=_advisory(rng) if rng.random() < 0.25 else None,
    )  # fmt: skip


def _advisory(rng: Random) -> str:
    return "GHSA-" + "-".join(f"{rng.getrandbits(16):04x}" for _ in range(3))
