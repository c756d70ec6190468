using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Slipway.Agent.Supervision.Systemd;

/// <summary>systemd through its own command-line programs: present wherever systemd is, and no D-Bus library to carry.</summary>
internal sealed class Systemctl(string systemctl = "systemctl", string journalctl = "journalctl") : ISystemd
{
    public Task<string?> RestartAsync(string unit, CancellationToken cancellation) => DoAsync("restart", unit, cancellation);

    public Task<string?> StopAsync(string unit, CancellationToken cancellation) => DoAsync("stop", unit, cancellation);

    public async Task<UnitState> ShowAsync(string unit, CancellationToken cancellation)
    {
        var (_, output, _) = await RunAsync(["show", "--property=" + UnitState.Properties, "--", unit], cancellation);
        return UnitState.Parse(output);
    }

    public async Task TailAsync(string unit, int lines, bool follow, Func<IReadOnlyList<string>, ValueTask> send, CancellationToken cancellation)
    {
        List<string> arguments = ["--no-pager", "--output=cat", "--lines=" + lines.ToString(CultureInfo.InvariantCulture), "--unit=" + unit];
        if (follow)
            arguments.Add("--follow");

        using var journal = Start(journalctl, arguments);
        try
        {
            while (await journal.StandardOutput.ReadLineAsync(cancellation) is { } line)
                await send([line]);
        }
        finally
        {
            if (!journal.HasExited)
                journal.Kill();
        }
    }

    public async Task<string> FollowAsync(string unit, string cursor, DateTimeOffset since, Action<JournalLine> take, CancellationToken cancellation)
    {
        var from = cursor.Length > 0 ? "--after-cursor=" + cursor : string.Create(CultureInfo.InvariantCulture, $"--since=@{since.ToUnixTimeSeconds()}");

        // Not --unit: that has what systemd says of the unit, too.
        string[] arguments = ["--follow", "--no-tail", "--all", from, "--output=json", "--output-fields=" + JournalLine.Fields, "_SYSTEMD_UNIT=" + unit];
        try
        {
            using var journal = Start(journalctl, arguments);
            try
            {
                using var blind = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                var complaint = ComplaintAsync(journal.StandardError, blind);
                try
                {
                    await TakeAsync(journal.StandardOutput, take, blind.Token);
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    // It complains.
                }

                return await complaint ?? "journalctl has ended";
            }
            finally
            {
                if (!journal.HasExited)
                    journal.Kill();
            }
        }
        catch (Win32Exception e)
        {
            return $"{journalctl} could not be run: {e.Message}";
        }
    }

    private static async Task TakeAsync(StreamReader output, Action<JournalLine> take, CancellationToken cancellation)
    {
        while (await output.ReadLineAsync(cancellation) is { } text)
        {
            if (JournalLine.Parse(text) is { } line)
                take(line);
        }
    }

    /// <summary>It goes on where it may see nothing, and says so beside it.</summary>
    private static async Task<string?> ComplaintAsync(StreamReader error, CancellationTokenSource blind)
    {
        string? last = null;
        while (await error.ReadLineAsync(blind.Token) is { } line)
        {
            last = line;
            if (!line.StartsWith("Hint: You are currently not seeing", StringComparison.Ordinal) && !line.StartsWith("No journal files", StringComparison.Ordinal))
                continue;

            await blind.CancelAsync();
            break;
        }

        return last;
    }

    private async Task<string?> DoAsync(string verb, string unit, CancellationToken cancellation)
    {
        var (exitCode, _, error) = await RunAsync([verb, "--", unit], cancellation);
        return exitCode == 0 ? null : $"systemctl {verb} {unit} failed with exit code {exitCode}{(error.Length == 0 ? "" : ": " + error)}";
    }

    /// <summary>Cancelling stops waiting, not systemd: the job it was given goes on.</summary>
    private async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            using var process = Start(systemctl, arguments);
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, (await error).Trim());
        }
        catch (Win32Exception e)
        {
            return (-1, "", $"{systemctl} could not be run ({e.Message}): this instance seems to have no systemd");
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }
}
