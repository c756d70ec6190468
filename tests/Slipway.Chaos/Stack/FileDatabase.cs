namespace Slipway.Chaos.Stack;

/// <summary>SQLite: a file in the one server's folder, which lives and dies with it.</summary>
internal sealed class FileDatabase : IDatabase
{
    public bool CanDie => false;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public Task StartAsync() => Task.CompletedTask;

    public Task KillAsync() => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
