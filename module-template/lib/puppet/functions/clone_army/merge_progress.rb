# frozen_string_literal: true

# Merges the progress of a load test on several hosts, as the task `load_status` returns it, into that of the whole test.
#
# @api private
Puppet::Functions.create_function(:'clone_army::merge_progress') do
  # @param hosts Progress of each host; at least one
  # @return The progress of the test: sums of counts, the highest pressure, the sample of the server, and the extent of the times
  dispatch :merge_progress do
    param 'Array[Hash[String[1], Data], 1]', :hosts
    return_type 'Hash[String[1], Data]'
  end

  def merge_progress(hosts)
    counts.to_h { |name| [name, hosts.sum { |host| host.fetch(name) }] }.merge(
      'at' => hosts.map { |host| host['at'] }.max,
      'begin' => hosts.map { |host| host['begin'] }.min,
      'end' => hosts.map { |host| host['end'] }.max,
      'latencies' => sum_by_bucket(hosts.map { |host| host['latencies'] }),
      'objectives' => sum_by_objective(hosts.flat_map { |host| host['objectives'] }),
      'pressure' => hosts.map { |host| host['pressure'] }.compact.max,
      'server' => hosts.map { |host| host['server'] }.compact.max_by { |sample| sample['at'] },
    )
  end

  def counts
    ['due', 'started', 'good', 'failed', 'dropped', 'heldBack', 'running', 'planned']
  end

  # A host that has not begun has none. What an objective allows refers to all hosts.
  def sum_by_objective(objectives)
    objectives.group_by { |each| each['text'] }.map do |text, same|
      { 'text' => text, 'spent' => same.sum { |each| each['spent'] }, 'allowed' => same.first['allowed'] }
    end
  end

  # Histograms have as many buckets as their highest latency needs.
  def sum_by_bucket(histograms)
    Array.new(histograms.map(&:length).max) { |bucket| histograms.sum { |counts| counts[bucket] || 0 } }
  end
end
