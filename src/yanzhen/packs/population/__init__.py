"""A demonstration population made from a city's ``demo.yaml`` (演示数据)."""
