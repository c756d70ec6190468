namespace Slipway.Server.Instances.Nodes;

/// <summary>A message for instances whose agents speak with the node it is sent to.</summary>
/// <param name="Instances">Their names.</param>
/// <param name="Message">A <c>ToAgent</c>. Null: hang up.</param>
/// <param name="HangUp">The reason to hang up for.</param>
[GenerateSerializer]
internal readonly record struct NodeMail(
    [property: Id(0)] string[] Instances,
    [property: Id(1)] byte[]? Message,
    [property: Id(2)] string? HangUp);
