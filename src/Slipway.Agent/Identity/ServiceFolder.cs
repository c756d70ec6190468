namespace Slipway.Agent.Identity;

/// <summary>The folder of one service below the data folder.</summary>
internal sealed record ServiceFolder(string Root)
{
    public string Versions => Path.Combine(Root, "versions");

    /// <summary>Unpacked, not yet verified; on the same file system as <see cref="Versions"/> so that a rename moves it there.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>A symbolic link to the folder of the version that runs.</summary>
    public string Current => Path.Combine(Root, "current");

    public string Logs => Path.Combine(Root, "logs");

    /// <summary>What the supervision must remember to find its process again.</summary>
    public string Run => Path.Combine(Root, "run.json");
}
