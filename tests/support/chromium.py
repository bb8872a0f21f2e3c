"""How Chromium is started for tests: nothing of its own on the line, works for root in a container."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",  # a trial signs its own, and a service worker takes no exception of a context
)

HASTY_SYNC = (
    "--force-fieldtrials=BackgroundSync/Enabled/",
    "--force-fieldtrial-params=BackgroundSync.Enabled:initial_retry_delay_sec/3/max_sync_attempts/100/retry_delay_factor/1",
)
"""Real Background Sync whose retries come after seconds instead of minutes, and so often that a slow machine does not use them up."""
