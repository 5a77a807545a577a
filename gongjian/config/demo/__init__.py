"""The demo city 云溪市: an invented story told through the real actions, and a generator of many cases for measuring."""
