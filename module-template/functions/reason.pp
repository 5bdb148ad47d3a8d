# @summary Why a step of a plan failed: what its first target said, if that is known
#
# @param error
#   As returned by `catch_errors`
# @return [String] The reason
#
# @api private
function clone_army::reason(Error $error) >> String {
  $error.details['result_set'].then |$set| { $set.error_set.first.error.msg }.lest || { $error.msg }
}
