# @summary Base images of a fleet by name: how many clones each gets, and parameters of `clone_army::base`
type Clone_army::Bases = Hash[Clone_army::Name, Hash[Pattern[/\A[a-z][a-z0-9_]*\z/], Any]]
