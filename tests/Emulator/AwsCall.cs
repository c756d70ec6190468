namespace Slipway.Emulator;

/// <summary>One call that came through the proxy.</summary>
/// <param name="From">The program that called, as it names itself.</param>
/// <param name="Action">As AWS names it: <c>PublishBatch</c>, <c>ReceiveMessage</c>; for S3 the method, <c>GET</c>.</param>
public sealed record AwsCall(string Service, string Action, string Path, string Body, string Query, string From);
