import ArgumentParser
import Interpreter
import KConvert

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the commands share: exit codes and where text goes.
enum Command {
    /// A fault that the command itself finds.
    struct Failure: Error {
        /// The whole text.
        let description: String
        /// The kind of fault.
        let code: ConversionError.Code

        /// A file that cannot be written or read.
        ///
        /// - Parameter reason: the system's number of the error, by default of the last one.
        static func access(_ path: String, _ action: String, _ reason: Int32 = errno) -> Failure {
            let text = String(cString: strerror(reason))
            return Failure(
                description: "error: file '\(path)': the file cannot be \(action): \(text).",
                code: .inputOutput)
        }
    }

    /// Runs `body`; an error is printed to standard error and ends the process with the code of its kind.
    static func reportingErrors(_ body: () throws -> Void, cleanup: () -> Void = {}) throws {
        do {
            try body()
        } catch let error as ConversionError {
            cleanup()
            throw exit(text(of: error), error.code)
        } catch let error as LiteModelError {
            let error = ConversionError(error)
            throw exit(text(of: error), error.code)
        } catch let failure as Failure {
            throw exit(failure.description, failure.code)
        }
    }

    /// The full text of an error, with settings as options.
    static func text(of error: ConversionError) -> String {
        error.description(naming: \.flag)
    }

    private static func exit(_ text: String, _ code: ConversionError.Code) -> ExitCode {
        printError(text)
        return exitCode(of: code)
    }

    /// The exit codes of `sysexits.h`.
    static func exitCode(of code: ConversionError.Code) -> ExitCode {
        switch code {
        case .usage: ExitCode(64)
        case .badInput: ExitCode(65)
        case .unsupported: ExitCode(69)
        case .verificationFailed, .internalFault: ExitCode(70)
        case .inputOutput: ExitCode(74)
        case .cancelled: ExitCode(130)
        }
    }

    /// Prints to the terminal; to standard error if standard output is a pipe or a file, which is for data.
    static func printForPeople(_ text: String) {
        if isatty(STDOUT_FILENO) == 1 {
            _ = put(text + "\n", STDOUT_FILENO)
        } else {
            printError(text)
        }
    }

    /// Makes a file beyond a size limit and a closed pipe errors to be reported instead of signals to die from.
    static func setSignals() {
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // Swift prints a backtrace at this signal and goes on.
        signal(SIGQUIT, SIG_DFL)
    }

    /// Ends the program, whose output is written, and leaves its memory to the system.
    ///
    /// At a regular exit libhdf5 takes up to two milliseconds to put its memory in order.
    static func end() -> Never {
        fflush(nil)
        _exit(EXIT_SUCCESS)
    }

    /// An argument that no text holds, repaired; nil if there is none.
    static var damagedArgument: String? {
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            if String(validatingCString: argument) == nil { return String(cString: argument) }
        }
        return nil
    }

    /// Whether standard error is a terminal.
    static var hasErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// The longest line of a message: files can hold names of any length.
    private static let longestLine = 4000

    /// Prints a message to standard error; very long lines are cut off.
    static func printError(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isLong = line.utf8.count > longestLine
            writeError((isLong ? line.prefix(longestLine) + " …" : line) + "\n")
        }
    }

    /// Writes to standard error, without a line end.
    static func writeError(_ text: String) {
        _ = put(text, STDERR_FILENO)
    }

    /// Writes all of a text; false if something cannot be written.
    private static func put(_ text: String, _ descriptor: Int32) -> Bool {
        put(Array(text.utf8), descriptor)
    }

    /// Writes all bytes; false if something cannot be written.
    private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Prints a text and a line end to standard output.
    ///
    /// A reader that has seen enough may close a pipe early.
    ///
    /// - Throws: `Failure` if it cannot be written, on a full disk for instance.
    static func printOutput(_ text: String) throws {
        guard put(text + "\n", STDOUT_FILENO) || errno == EPIPE else {
            throw Failure.access("standard output", "written")
        }
    }

    /// More than any text has that the command reads as a whole.
    private static let largestText = 1 << 26

    /// The contents of a file or a pipe; nothing of a pipe that nobody writes to.
    static func readFile(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0, let file = fdopen(descriptor, "r") else {
            throw Failure.access(path, "read")
        }
        _ = fcntl(descriptor, F_SETFL, 0)
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var count = block.count
        while count == block.count {
            count = fread(&block, 1, block.count, file)
            bytes += block[..<count]
            guard bytes.count <= largestText else {
                throw Failure(
                    description: "error: file '\(path)': this is longer than a text of its kind.\n"
                        + "       Check that it is the file you meant.",
                    code: .badInput)
            }
        }
        guard ferror(file) == 0 else { throw Failure.access(path, "read") }
        return bytes
    }

    /// Writes bytes to standard output.
    ///
    /// - Throws: `Failure` if something cannot be written, also to a reader that has left early.
    static func writeOutput(_ bytes: [UInt8]) throws {
        guard put(bytes, STDOUT_FILENO) else {
            throw Failure.access("standard output", "written")
        }
    }

    /// Writes a text file.
    static func writeFile(_ text: String, to path: String) throws {
        try writeFile(Array(text.utf8), to: path)
    }

    /// Writes a file; an old one stays until the new one is complete.
    static func writeFile(_ bytes: [UInt8], to path: String) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeDevice(bytes, to: path)
        }
        try FileReplacement.write(bytes, to: path)
    }

    /// Writes to a pipe or a device.
    private static func writeDevice(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure.access(path, "written") }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten else { throw Failure.access(path, "written") }
    }
}
