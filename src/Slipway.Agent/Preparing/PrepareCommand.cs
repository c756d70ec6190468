using System.Diagnostics;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>Runs `prepare: { command: … }` in the version's folder, for example `npm ci`.</summary>
internal static class PrepareCommand
{
    private const int EvidenceLines = 20;
    private const int MaximumLine = 1000;
    private static readonly TimeSpan OutputComesWithin = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(
        Release release,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        TimeSpan deadline,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (release.Spec?.PrepareCommand is not { Arguments.Count: > 0 } command)
            return;

        var lines = new Queue<string>();
        using var overdue = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, overdue.Token);
        using var process = new Process { StartInfo = StartInfo(command, release.Spec.User, folder, environment) };
        process.OutputDataReceived += (_, e) => Keep(lines, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(lines, e.Data);
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        Start(process, command);
        try
        {
            await exited.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw Failure($"was not done after {deadline.TotalSeconds:0.#} s (prepare: deadline in slipway.yaml)", command, lines);
        }

        await HearTheRestAsync(process, cancellation);
        if (process.ExitCode != 0)
            throw Failure($"ended with exit code {process.ExitCode}", command, lines);
    }

    /// <summary>Its last words. Something it left in the background (a build daemon) holds its output open, perhaps for ever.</summary>
    private static async Task HearTheRestAsync(Process process, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(OutputComesWithin);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    private static void Start(Process process, Command command)
    {
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw Failure($"could not be started: {e.Message}", command, []);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static ProcessStartInfo StartInfo(Command command, string user, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var arguments = command.Arguments.Select(argument => Substitute(argument, environment)).ToList();
        if (command.Shell)
            arguments = ["/bin/sh", "-c", .. arguments];
        else if (arguments[0].Contains('/', StringComparison.Ordinal))
            arguments[0] = Path.GetFullPath(arguments[0], folder);

        // Never more rights than the service itself has.
        if (Archives.UnixOwner.Find(user) is { } owner)
            arguments = ["setpriv", $"--reuid={owner.User}", $"--regid={owner.Group}", "--init-groups", "--", .. arguments];

        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return start;
    }

    private static string Substitute(string argument, IReadOnlyDictionary<string, string> environment) =>
        Placeholders.TrySubstitute(argument, environment, out var result, out var unknown)
            ? result
            : throw new PrepareException("config_invalid", $"The prepare command uses ${{{unknown}}}, which is neither a config value nor built in.");

    private static void Keep(Queue<string> lines, string? line)
    {
        if (line is null)
            return;

        lock (lines)
        {
            lines.Enqueue(line.Length > MaximumLine ? line[..MaximumLine] : line);
            if (lines.Count > EvidenceLines)
                lines.Dequeue();
        }
    }

    private static PrepareException Failure(string what, Command command, Queue<string> lines)
    {
        lock (lines)
            return new("prepare_command_failed", $"The prepare command {command.Arguments[0]} {what}.", [.. lines]);
    }
}
