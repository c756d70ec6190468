using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>Runs a command with a time and keeps the last of what it prints.</summary>
internal static class CommandRun
{
    private const int KeptOutput = 8 * 1024;

    /// <summary>What it has left behind may hold its output open for ever.</summary>
    private static readonly TimeSpan ForTheRest = TimeSpan.FromMilliseconds(500);

    public static async Task<CommandEnd> RunAsync(
        IReadOnlyList<string> words, IEnumerable<KeyValuePair<string, string>> environment, TimeSpan within, TimeProvider clock, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Start(words, environment) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return new CommandEnd.NotStarted(e.Message);
        }

        var output = new StringBuilder();
        process.StandardInput.Close();
        var reading = Task.WhenAll(KeepAsync(process.StandardOutput, output), KeepAsync(process.StandardError, output));
        using var timer = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new CommandEnd.TookTooLong();
        }

        await reading.WaitAsync(ForTheRest, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (output)
            return new CommandEnd.Ended(process.ExitCode, output.ToString());
    }

    private static ProcessStartInfo Start(IReadOnlyList<string> words, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The server's own has its secrets.
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return start;
    }

    private static async Task KeepAsync(StreamReader reader, StringBuilder output)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer) is > 0 and var length)
            {
                lock (output)
                {
                    output.Append(buffer, 0, length);
                    if (output.Length > KeptOutput)
                        output.Remove(0, output.Length - KeptOutput);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It was ended; what it has printed counts.
        }
    }
}
