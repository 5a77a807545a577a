"""The group's opinion is handed in; deliveries follow a conclusion as they do in the running house."""

from gongjian.delivery.tests.conftest import handed_in_opinions

__all__ = ["handed_in_opinions"]
