# @summary A layer below the base image: the name of its folder, and its files by their path in it
#
# @api private
type Clone_army::Layer = Struct[{
  name  => String[1],
  files => Hash[String[1], Clone_army::Layer_file],
}]
