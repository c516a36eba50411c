<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncResetNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
