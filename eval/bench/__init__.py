"""The benchmarks: figures of this checkout beside baselines, in one run. ``make bench``."""
