# @summary Base images by name: the `parameters` of the define `clone_army::base`, and the `part` of the fleet as given
type Clone_army::Base_images = Hash[Clone_army::Name, Struct[{ 'parameters' => Hash, 'part' => Hash }], 1]
