import Foundation
import TestSupport

/// A run of the command that goes on, so that something can happen to it; its output is dropped.
struct RunningCommand {
    private let process: pid_t

    /// Starts `kconvert` with these arguments, with no signal blocked or ignored, as a shell would.
    init(_ arguments: [String]) throws {
        var (files, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&files)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&files)
            posix_spawnattr_destroy(&attributes)
        }
        for descriptor in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0)
        }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let path = CommandRun.executable("kconvert").path
        var copies = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        var process: pid_t = 0
        let status = posix_spawn(&process, path, &files, &attributes, &copies, environ)
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EIO) }
        self.process = process
    }

    /// Sends a signal; a run that has ended ignores it.
    func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end, once.
    ///
    /// - Returns: the exit code; nil if a signal ended the run.
    func exitCode() -> Int32? {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
    }
}
