import ArgumentParser
import Foundations
import Interpreter
import KConvert
import Problems
import TFLiteFormat

/// What the commands share: exit codes and where text goes.
enum Command {
    /// Runs `body`; an error is printed to standard error and ends the process with the code of its kind.
    static func reportingErrors(_ body: () throws -> Void, cleanup: () -> Void = {}) throws {
        do {
            try body()
        } catch let error as ConversionError {
            cleanup()
            printError(error.description)
            throw exitCode(of: error.code)
        } catch let error as LiteModelError {
            printError(error.description)
            throw exitCode(of: ConversionError(error.problem).code)
        } catch let problem as Problem {
            printError(problem.description)
            throw exitCode(of: ConversionError(problem).code)
        }
    }

    /// Runs `body` and names the model in errors that are its fault.
    static func naming<Result>(_ model: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LiteModelError where error.kind != .usage {
            throw error.problem.inFile(model)
        }
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

    /// Prints to the terminal; where standard output is a pipe or a file, which is for data, to standard error.
    static func printForPeople(_ text: String) {
        if isatty(STDOUT_FILENO) == 1 {
            _ = put(text + "\n", STDOUT_FILENO)
        } else {
            printError(text)
        }
    }

    /// Prints a line to standard error.
    static func printError(_ text: String) {
        writeError(text + "\n")
    }

    /// Writes to standard error, without a line end.
    static func writeError(_ text: String) {
        _ = put(text, STDERR_FILENO)
    }

    /// Writes all of a text; false where something cannot be written.
    private static func put(_ text: String, _ descriptor: Int32) -> Bool {
        var bytes = ArraySlice(text.utf8)
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
    /// - Throws: `Problem.Kind.fileAccess` where it cannot be written, on a full disk for instance.
    static func printOutput(_ text: String) throws {
        guard put(text + "\n", STDOUT_FILENO) || errno == EPIPE else {
            throw failure("standard output")
        }
    }

    /// Writes a text file.
    static func writeFile(_ text: String, to path: String) throws {
        try writeFile(Array(text.utf8), to: path)
    }

    /// Writes a file; what was there stays until the new one is complete.
    static func writeFile(_ bytes: [UInt8], to path: String) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeDevice(bytes, to: path)
        }
        let file = try OutputFile(replacing: path)
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
        try file.commit()
    }

    /// Writes to a pipe or a device.
    private static func writeDevice(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw failure(path) }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten else { throw failure(path) }
    }

    private static func failure(_ path: String) -> Problem {
        Problem(.fileAccess(.write, reason: String(cString: strerror(errno))), file: path)
    }
}

extension String {
    /// The string followed by spaces up to `width` characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }

    /// Spaces up to `width` characters followed by the string.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(width - count, 0)) + self
    }
}
