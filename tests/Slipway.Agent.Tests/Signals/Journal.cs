using System.Diagnostics;
using System.Globalization;
using Slipway.Agent.Supervision.Systemd;

namespace Slipway.Agent.Tests.Signals;

/// <summary>A real journal, without a systemd: written by systemd-journal-remote, read by journalctl.</summary>
internal sealed class Journal : IDisposable
{
    private const string Writer = "/lib/systemd/systemd-journal-remote";

    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim().Replace("-", "", StringComparison.Ordinal);

    private readonly string folder = Directory.CreateTempSubdirectory("slipway-").FullName;
    private readonly string script;
    private readonly Process writer;

    public Journal()
    {
        // What is followed is what this machine wrote since it was booted; without --merge that is the journal of a systemd that booted it.
        script = Path.Combine(folder, "journalctl");
        File.WriteAllText(script, $"#!/bin/sh\necho $$ > {folder}/pid\ntest ! -f {folder}/complaint || {{ cat {folder}/complaint >&2; exec sleep 1000; }}\nexec journalctl --merge --directory={folder} \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Writer, ["--split-mode=none", $"--output={folder}/test.journal", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        writer = Process.Start(start)!;
    }

    public static string? WhyNot => File.Exists(Writer) ? null : "systemd-journal-remote is not installed, which writes journals without a systemd.";

    public Systemctl Systemd => new("/no/systemctl", script);

    public async Task WriteAsync(string unit, string invocation, string text, int priority = 6)
    {
        var now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMicroseconds;
        await writer.StandardInput.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"__REALTIME_TIMESTAMP={now:F0}\n_BOOT_ID={Boot}\n_SYSTEMD_UNIT={unit}\n_SYSTEMD_INVOCATION_ID={invocation}\nPRIORITY={priority}\nMESSAGE={text}\n\n"));
        await writer.StandardInput.FlushAsync();
    }

    /// <summary>From now on nothing can be seen in it, and journalctl says so.</summary>
    public Task HideAsync(string complaint) => File.WriteAllTextAsync(Path.Combine(folder, "complaint"), complaint + "\n");

    public void Show() => File.Delete(Path.Combine(folder, "complaint"));

    /// <summary>Ends the journalctl that reads.</summary>
    public void KillReader()
    {
        using var reader = Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(folder, "pid")), CultureInfo.InvariantCulture));
        reader.Kill();
    }

    public void Dispose()
    {
        writer.Kill();
        writer.WaitForExit();
        writer.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
