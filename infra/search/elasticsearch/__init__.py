"""Elasticsearch: what a cinema with many query processes searches in."""
