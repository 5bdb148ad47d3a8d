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

  # The thread's own time: a server compiles several catalogs at once.
  def use_cpu(seconds)
    done = cpu_time + seconds
    Array.new(1000, &:to_s).sort while cpu_time < done
  end

  # JRuby, which servers run on, lacks this clock of Ruby.
  def cpu_time
    return Process.clock_gettime(Process::CLOCK_THREAD_CPUTIME_ID) unless RUBY_PLATFORM == 'java'

    require 'java'
    java.lang.management.ManagementFactory.thread_mx_bean.current_thread_cpu_time / 1e9
  end
end
