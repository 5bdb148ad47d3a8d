# @summary What a catalog makes a server and an agent do: parameters of the class `clone_army::workload`, and the weight of a role
type Clone_army::Workload = Struct[{
  Optional['weight']       => Integer[1],
  Optional['files']        => Integer[0, 10000],
  Optional['file_size']    => Integer[1, 1048576],
  Optional['sources']      => Integer[0, 10000],
  Optional['source_size']  => Enum['1k', '16k', '128k'],
  Optional['templates']    => Integer[0, 10000],
  Optional['changes']      => Integer[0, 10000],
  Optional['exported']     => Integer[0, 100],
  Optional['circles']      => Integer[1, 10000],
  Optional['compile_time'] => Variant[Integer[0, 600], Float[0.0, 600.0]],
  Optional['compile_with'] => Enum['cpu', 'sleep'],
}]
