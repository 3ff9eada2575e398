no rule
