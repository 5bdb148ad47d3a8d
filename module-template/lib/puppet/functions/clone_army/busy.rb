# frozen_string_literal: true

# Makes the compilation of a catalog take longer, as large code or a slow external source of data does.
#
# @api private
Puppet::Functions.create_function(:'clone_army::busy') do
  # @param seconds How much longer
  # @param how `cpu`: seconds of a processor, which take longer when processors are scarce. `sleep`: waiting, as for an
  #   external source of data, which takes no CPU.
  # @return Nothing
  dispatch :busy do
    param 'Numeric', :seconds
    param "Enum['cpu', 'sleep']", :how
    return_type 'Undef'
  end

  def busy(seconds, how)
    how == 'sleep' ? sleep(seconds) : use_cpu(seconds)
    nil
  end

  # The thread's own CPU time: a server compiles several catalogs at once.
  def use_cpu(seconds)
    done = cpu_time + seconds
    text = ''
    text = Digest::SHA256.hexdigest(text) while cpu_time < done
  end

  def cpu_time
    Process.clock_gettime(Process::CLOCK_THREAD_CPUTIME_ID)
  end
end
