# @summary A file in the layer of a run mode: either its content and, unless it is 0644, its mode, or the target of a link
type Clone_army::Layer_file = Variant[
  Struct[{ 'content' => String[1], Optional['mode'] => Pattern[/\A0[0-7]{3}\z/] }],
  Struct[{ 'target' => String[1] }],
]
