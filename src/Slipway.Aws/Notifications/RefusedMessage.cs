namespace Slipway.Aws.Notifications;

/// <summary>A message of a batch that was not published.</summary>
/// <param name="IsOurs">True: it will be refused again, because something is wrong with it.</param>
public sealed record RefusedMessage(TopicMessage Message, string Code, string Reason, bool IsOurs);
