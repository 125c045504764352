"""A hasher that counts how often it works: time, measured without a clock."""

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """MD5, counted."""

    algorithm = "md5counted"
    hashed = 0

    def encode(self, password, salt):
        """Count and hash."""
        CountingHasher.hashed += 1
        return super().encode(password, salt).replace("md5$", "md5counted$", 1)

    def decode(self, encoded):
        """Read what encode wrote."""
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "hash": digest, "salt": salt, "work_factor": None}
