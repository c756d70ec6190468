namespace Slipway.Server.Access;

/// <summary>This installation of Slipway: what its agents bind their signatures to. Known once the server starts.</summary>
internal sealed class Installation
{
    private string? serverId;

    public string ServerId
    {
        get => serverId ?? throw new InvalidOperationException("The server has not started yet.");
        set => serverId = value;
    }

    /// <summary>The administrator's token, in the process that made it and until it was shown.</summary>
    public ApiToken? FirstToken { get; set; }

    public static string Version { get; } = typeof(Installation).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
