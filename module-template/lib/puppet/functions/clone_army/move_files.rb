# frozen_string_literal: true

require 'fileutils'

# Moves the files of a folder to another folder, on the machine that compiles, which for a plan is the one that runs Bolt.
# Files with the same name are replaced, one at a time and each in one step, so that a reader never sees half a file.
# Bolt itself only downloads to the `downloads` folder of its project.
#
# @api private
Puppet::Functions.create_function(:'clone_army::move_files') do
  # @param from Absolute path of the folder, which is removed afterwards
  # @param to Absolute path of the other folder, which is created if needed
  # @return Paths of the moved files
  # @raise Puppet::Error, if a folder cannot be read or written
  dispatch :move_files do
    param 'String[1]', :from
    param 'String[1]', :to
    return_type 'Array[String[1]]'
  end

  def move_files(from, to)
    FileUtils.mkdir_p(to)
    names = Dir.glob('**/*', base: from).select { |name| File.file?(File.join(from, name)) }.sort
    moved = names.map { |name| move(File.join(from, name), File.join(to, name)) }
    FileUtils.rm_rf(from)
    moved
  rescue SystemCallError => e
    raise Puppet::Error, "clone_army: cannot move #{from} to #{to}: #{e.message}; choose a folder that you can write to"
  end

  # Copies first, because the folders may be on different file systems.
  def move(from, to)
    FileUtils.mkdir_p(File.dirname(to))
    copy = "#{to}.part"
    FileUtils.cp(from, copy)
    File.rename(copy, to)
    to
  end
end
