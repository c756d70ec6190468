namespace Slipway.Server.Api;

/// <summary>A part of the server without which it should be asked nothing.</summary>
internal interface INotReady
{
    /// <summary>A sentence; null: it works.</summary>
    string? WhyNot { get; }
}
