namespace Slipway.Chaos.Stack;

/// <summary>A program that is killed, stopped, frozen and started again, and whose output goes to a file.</summary>
internal sealed class Mortal(string name, string log, Func<(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)> how) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private RunningProgram? program;

    public string Name => name;

    public bool IsRunning => program is { HasExited: false };

    public void Start()
    {
        if (IsRunning)
            return;

        var (path, arguments, environment) = how();
        Tell("--- started");
        program = RunningProgram.Start(path, arguments, environment, Tell);
    }

    public async Task KillAsync()
    {
        if (program is { HasExited: false } running)
        {
            await running.KillAsync();
            Tell("--- killed");
        }
    }

    public async Task StopAsync(string signal = "TERM")
    {
        if (program is not { HasExited: false } running)
            return;

        running.Signal(signal);
        if (!await Patience.UntilAsync(() => Task.FromResult(running.HasExited), TimeSpan.FromSeconds(20)))
            await running.KillAsync();
        Tell("--- stopped");
    }

    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        Thaw();
        if (program is not null)
            await program.DisposeAsync();
    }

    private void Signal(string signal)
    {
        if (program is { HasExited: false } running)
            running.Signal(signal);
    }

    private void Tell(string line)
    {
        lock (gate)
            File.AppendAllText(log, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {line}\n");
    }
}
