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
