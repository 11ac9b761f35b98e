package toy

default outcome := "forbidden"

outcome := "required" if input.order
outcome := "permitted" if { not input.order; input.act == "hold"; input.warrant; qualifying }
outcome := "permitted" if { not input.order; input.act == "notify"; qualifying }

recent if { input.crime; input.days <= 1826 }
qualifying if recent
qualifying if input.match

# The engine names no rule by itself: an author who wants one writes it once more.
default rule := "else"

rule := "order" if input.order
rule := "hold" if { not input.order; input.act == "hold"; input.warrant; qualifying }
rule := "notify" if { not input.order; input.act == "notify"; qualifying }

explained := {
  "outcome": outcome,
  "rule": rule,
  "because": {"order": input.order, "warrant": input.warrant, "crime": input.crime, "days": input.days, "match": input.match},
}
