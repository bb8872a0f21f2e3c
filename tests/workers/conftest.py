from tests.support.phones import city, push_service, trial_hosts

__all__ = ["city", "push_service", "trial_hosts"]
