"""A time-stamping authority of the tests: OpenSSL with a root and a certificate made for the moment."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    BasicConstraints,
    CertificateBuilder,
    ExtendedKeyUsage,
    Name,
    NameAttribute,
    random_serial_number,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# No `certs` line: with two certificates in the answer OpenSSL does not sort them, and strict readers refuse that
CONFIG = """[tsa]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256, sha512
accuracy = secs:1
ordering = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Authority:
    """An authority in a folder of its own; its certificate is valid for so many days."""

    def __init__(self, folder: Path, days: int = 3650) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        key, root_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        start = datetime(2020, 1, 1, tzinfo=UTC)
        root_name = Name([NameAttribute(NameOID.COMMON_NAME, "Invented Root")])
        self.root = (
            _certificate(root_name, root_name, root_key, start)
            .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
            .add_extension(BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(root_key, hashes.SHA256())
        )
        self.until = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
        signer = (
            _certificate(root_name, Name([NameAttribute(NameOID.COMMON_NAME, "Invented Time Stamps")]), key, start)
            .not_valid_after(self.until)
            .add_extension(BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(root_key, hashes.SHA256())
        )
        self.roots_file.write_bytes(self.root.public_bytes(Encoding.PEM))
        (folder / "tsa.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        (folder / "tsa.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    @property
    def roots_file(self) -> Path:
        return self.folder / "roots.pem"

    def answer(self, query: bytes) -> bytes:
        """The answer to a request, as the authority's server would send it."""
        asked, said = self.folder / "query", self.folder / "answer"
        asked.write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", str(self.folder / "tsa.cnf"), "-section", "tsa"]
        subprocess.run([*command, "-queryfile", str(asked), "-out", str(said)], check=True, capture_output=True)
        return said.read_bytes()

    def openssl_accepts(self, answer: bytes, text: bytes) -> bool:
        """Whether OpenSSL, with the root alone, accepts an answer about a text."""
        (self.folder / "data").write_bytes(text)
        (self.folder / "kept").write_bytes(answer)
        command = ["openssl", "ts", "-verify", "-data", str(self.folder / "data"), "-in", str(self.folder / "kept")]
        done = subprocess.run([*command, "-CAfile", str(self.roots_file)], check=False, capture_output=True)
        return done.returncode == 0


def _certificate(issuer: Name, subject: Name, key: ec.EllipticCurvePrivateKey, start: datetime) -> CertificateBuilder:
    builder = CertificateBuilder().issuer_name(issuer).subject_name(subject).public_key(key.public_key())
    return builder.serial_number(random_serial_number()).not_valid_before(start)
