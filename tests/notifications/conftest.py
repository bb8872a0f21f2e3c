from tests.support.phones import city, phones, push_service, trial_hosts

__all__ = ["city", "phones", "push_service", "trial_hosts"]
