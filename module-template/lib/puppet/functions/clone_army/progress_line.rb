# frozen_string_literal: true

# One line about a load test in progress.
#
# @api private
Puppet::Functions.create_function(:'clone_army::progress_line') do
  # @param now What `clone_army::merge_progress` returned
  # @param earlier The same from some time before, which the current rates refer to. Default: the begin of the test.
  # @return Counts of arrivals and runs, rates, latencies, the state of the server and of the load hosts, and the time left
  dispatch :progress_line do
    param 'Hash[String[1], Data]', :now
    optional_param 'Optional[Hash[String[1], Data]]', :earlier
    return_type 'String[1]'
  end

  def progress_line(now, earlier = nil)
    return "begins in #{duration(now['begin'] - now['at'])}" if now['at'] < now['begin']

    [
      counts(now),
      rates(now, earlier),
      latencies(now['latencies']),
      server(now['server']),
      now['pressure'] && "pressure #{(now['pressure'] * 100).round} %",
      remaining(now),
    ].compact.join(' | ')
  end

  def counts(now)
    names = { 'due' => 'due', 'started' => 'started', 'good' => 'done', 'failed' => 'failed', 'dropped' => 'dropped' }
    names['heldBack'] = 'held back' if now['heldBack'].positive?
    names.map { |key, name| "#{now[key]} #{name}" }.join(', ')
  end

  # Runs a minute since the earlier progress.
  def rates(now, earlier)
    earlier ||= { 'at' => now['begin'], 'due' => 0, 'good' => 0 }
    minutes = (now['at'] - [earlier['at'], now['begin']].max) / 60_000.0
    return nil unless minutes.positive?

    format('%<offered>.1f offered, %<achieved>.1f achieved per min',
           offered: (now['due'] - earlier['due']) / minutes, achieved: (now['good'] - earlier['good']) / minutes)
  end

  def latencies(counts)
    return nil unless counts.sum.positive?

    [50, 95].map { |percent| format('p%<percent>d %<seconds>.1f s', percent: percent, seconds: percentile(counts, percent)) }.join(', ')
  end

  # Seconds: the middle of the bucket that the percentile is in. Bucket i ends at 10 ms times 1.1 to the power of i.
  def percentile(counts, percent)
    rank = (counts.sum * percent / 100.0).ceil
    seen = 0
    bucket = counts.index { |count| (seen += count) >= rank }
    0.01 * (1.1**(bucket - 0.5))
  end

  def server(sample)
    return nil if sample.nil?
    return 'no status from the server' if sample['error']

    jrubies = sample['jrubies']
    jrubies && "#{jrubies['free']} of #{jrubies['total']} JRubies free, #{jrubies['requested']} waiting"
  end

  def remaining(now)
    left = now['end'] - now['at']
    left.positive? ? "#{duration(left)} left" : "#{now['running']} still running"
  end

  # Milliseconds as days, hours, minutes and seconds: the first unit that is not zero, and the next.
  def duration(milliseconds)
    seconds = (milliseconds / 1000.0).ceil
    parts = { 'd' => seconds / 86_400, 'h' => seconds / 3600 % 24, 'min' => seconds / 60 % 60, 's' => seconds % 60 }.to_a
    parts.shift while parts.length > 1 && parts.first.last.zero?
    parts.first(2).map { |unit, number| "#{number} #{unit}" }.join(' ')
  end
end
