namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>Spinnaker did not do or did not answer what it was asked. The message is a sentence for a person.</summary>
internal sealed class GateException(GateTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public GateTrouble Trouble => trouble;

    /// <summary>It may have done it or not, or may do it a little later: look, and try again.</summary>
    public bool IsPassing => trouble is GateTrouble.Unreachable or GateTrouble.Broken or GateTrouble.NotSignedIn;
}

/// <summary>What kept Spinnaker from doing it.</summary>
internal enum GateTrouble
{
    /// <summary>No answer: no connection, a timeout, a wrong certificate.</summary>
    Unreachable,

    /// <summary>An answer that is no answer: 5xx, a page of HTML, half a document.</summary>
    Broken,

    /// <summary>Sent to the sign-in page, or 401. A token may have run out and be replaced.</summary>
    NotSignedIn,

    /// <summary>Signed in, but without the right.</summary>
    Forbidden,

    NotFound,

    /// <summary>It understood and said no.</summary>
    Refused,
}
