# @summary Base images of a fleet by name: how many clones stand on each, and what the define `clone_army::base` takes
type Clone_army::Bases = Hash[Clone_army::Name, Hash[Pattern[/\A[a-z][a-z0-9_]*\z/], Any]]
