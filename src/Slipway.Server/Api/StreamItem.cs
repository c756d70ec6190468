namespace Slipway.Server.Api;

/// <summary>One server-sent event. <paramref name="Data"/> is JSON on one line.</summary>
/// <param name="Id">What a reader resumes with. Null: not something to resume behind.</param>
internal sealed record StreamItem(long? Id, string Type, string Data);
