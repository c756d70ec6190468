namespace Slipway.Chaos.Stack;

/// <summary>What the servers keep everything in.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Whether it is a program of its own that can die alone.</summary>
    bool CanDie { get; }

    /// <summary>What a server needs to know to use it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Starts it, if it does not run, and returns when it takes connections.</summary>
    Task StartAsync();

    /// <summary>kill -9.</summary>
    Task KillAsync();

    Task StopAsync();
}
