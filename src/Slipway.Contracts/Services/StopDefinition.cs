namespace Slipway.Contracts.Services;

/// <summary>How a service is stopped.</summary>
public sealed record StopDefinition
{
    /// <summary>SIGTERM, SIGINT or SIGQUIT.</summary>
    public string Signal { get; set; } = "SIGTERM";

    /// <summary>Then its whole process group gets SIGKILL.</summary>
    public Duration Grace { get; set; } = Duration.FromSeconds(30);
}
