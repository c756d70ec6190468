using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Slipway.Tests;

/// <summary>A program that runs until somebody ends it, with what it has written so far.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Nobody may have got hold of what started before a test failed; it must not outlive the tests.</summary>
    private static readonly ConcurrentDictionary<Process, byte> Running = new();

    private readonly Process process;
    private readonly StringBuilder output = new();

    private readonly Action<string>? told;

    static RunningProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var (left, _) in Running)
            left.Kill();
    };

    private RunningProgram(Process process, Action<string>? told) => (this.process, this.told) = (process, told);

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <param name="told">Gets every line instead of <see cref="Output"/>: for programs that run for hours.</param>
    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string>? told = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var running = new RunningProgram(new Process { StartInfo = start }, told);
        running.process.OutputDataReceived += running.Keep;
        running.process.ErrorDataReceived += running.Keep;
        running.process.Start();
        Running[running.process] = 0;
        running.process.StandardInput.Close();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and SIGKILL for who does not listen.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
            return;

        Signal("TERM");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Running.TryRemove(process, out _);
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        if (told is not null)
        {
            told(line.Data);
            return;
        }

        lock (output)
            output.AppendLine(line.Data);
    }
}
