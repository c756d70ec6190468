namespace Slipway.Agent.Signals.Lines;

/// <summary>How bad a line says it is.</summary>
internal enum LineLevel
{
    /// <summary>It says nothing.</summary>
    None,

    /// <summary>Information and below.</summary>
    Low,

    Warning,

    Error,
}
