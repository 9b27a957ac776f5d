"""From a plan to diagnostics: rules, the registry, suppressions and the run."""
